// secure: values go beside the query
const { Pool } = require('pg');

const pool = new Pool();

exports.ordersOf = async (customer) => {
  const { rows } = await pool.query('SELECT id, total FROM orders WHERE customer = $1', [customer]);
  return rows;
};
