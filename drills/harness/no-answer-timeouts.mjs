// Preloaded into an API process: takes away the time limits for the answer to a query, which `DatabaseClient` has.
import pg from 'pg';

const { query } = pg.Client.prototype;

pg.Client.prototype.query = function (...args) {
  this.giveUp = () => {};
  return query.apply(this, args);
};
