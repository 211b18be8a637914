// The program as people see it, in a real browser; writes TAP.
//
//     node tests/browser/run.mjs --jalon build/jalon [--artefacts DIR] [--only WORD]    a demonstration database, served
//     node tests/browser/run.mjs --pages DIR ..                                         files DIR/NAME.html, for a draft
//
// cases/*.mjs each export a function that is given a world (world.mjs) and calls its `test`, `examine`, `visit`...
// Every page that was examined is left in the artefacts: pictures, HTML, and what the checkers said.
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openWorld } from './world.mjs';
import { spelling, validity } from './whole.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
	options: {
		jalon: { type: 'string' },
		pages: { type: 'string' },
		artefacts: { type: 'string', default: join(here, '../../build/browser') },
		only: { type: 'string', default: '' },
	},
});
if (!options.jalon === !options.pages) {
	console.error('run.mjs: give --jalon PROGRAM or --pages FOLDER');
	process.exit(2);
}

let count = 0, failed = 0;
function tell(name, faults) {
	count++;
	failed += faults.length > 0;
	console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${count} - ${name}`);
	for (const fault of faults.slice(0, 20))
		console.log(`# ${String(fault).replaceAll('\n', '\n# ')}`);
}

const world = await openWorld({ ...options, artefacts: resolve(options.artefacts), here, tell });
try {
	for (const file of readdirSync(join(here, 'cases')).sort()) {
		if (!file.endsWith('.mjs') || !file.includes(options.only))
			continue;
		const { default: run, needs } = await import(join(here, 'cases', file));
		if (needs !== 'jalon' || options.jalon)
			await run(world).catch(error => tell(`${file} runs to its end`, [error.stack]));
	}
	await validity(world);
	await spelling(world);
} finally {
	await world.close();
}
console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
