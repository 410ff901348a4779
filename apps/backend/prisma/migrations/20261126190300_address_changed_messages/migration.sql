-- Servers of the previous version cannot read such messages: changing an address is refused while one is connected.
ALTER TYPE "MessageKind" ADD VALUE 'ADDRESS_CHANGED';
