// Preloaded into an API process: hides the code by which it knows a full disk of PostgreSQL.
import pg from 'pg';

const { _handleErrorMessage } = pg.Client.prototype;

pg.Client.prototype._handleErrorMessage = function (message) {
  if (message.code === '53100') message.code = 'XX000'; // internal error
  return _handleErrorMessage.call(this, message);
};
