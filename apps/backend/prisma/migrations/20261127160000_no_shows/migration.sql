-- People who had a seat and did not come. Servers of the previous version do not know this value: releasing no-shows is
-- refused while one is connected.
ALTER TYPE "MessageKind" ADD VALUE 'NO_SHOW';
