-- Servers of the previous version do not know these values: erasing and exporting are refused while one is connected.
ALTER TYPE "EndReason" ADD VALUE 'ERASED';
ALTER TYPE "MessageKind" ADD VALUE 'EXPORT_READY';
