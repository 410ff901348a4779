// Preloaded into an API process: takes away the time limits of pg for the answer to a query.
import pg from 'pg';

const { query } = pg.Client.prototype;

pg.Client.prototype.query = function (config, ...rest) {
  this.connectionParameters.query_timeout = 0;
  if (typeof config === 'object' && config !== null) config.query_timeout = 0;
  return query.call(this, config, ...rest);
};
