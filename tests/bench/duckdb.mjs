// duckdb.mjs - runs a file of SQL on a DuckDB database with one thread, as the other engines' shells do
//
//     node duckdb.mjs DATABASE FILE.sql
//     node duckdb.mjs                      only starts: what Node takes for itself
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [database, file] = process.argv.slice(2);
if (database === undefined)
	process.exit();
const instance = await DuckDBInstance.create(database, { threads: '1' });
const connection = await instance.connect();
// before the text is read: the parser itself decides what / means
await connection.run('SET integer_division = true');

const statements = await connection.extractStatements(readFileSync(file, 'utf8'));

for (let i = 0; i < statements.count; i++) {
	const statement = await statements.prepare(i);
	await statement.run();
	statement.destroySync();
}
connection.closeSync();
instance.closeSync();
