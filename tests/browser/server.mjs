// Something that serves pages on a port of its own, until closed: the program over a database made for it, or a folder of drafts.
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = join(dirname(fileURLToPath(import.meta.url)), '../..');
const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
	+ "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

const listening = server => new Promise(done => server.listen(0, '127.0.0.1', () => done(server.address().port)));

export async function freePort() {
	const server = createServer();
	const port = await listening(server);
	await new Promise(done => server.close(done));
	return port;
}

export async function servePages(folder, still) {
	const server = createServer((request, response) => {
		const path = new URL(request.url, 'http://localhost').pathname;
		const file = path.startsWith('/static/') ? join(still, path.slice(7)) : join(folder, `${path}.html`);
		const found = !path.includes('..') && existsSync(file);
		response.writeHead(found ? 200 : 404, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain', 'Content-Security-Policy': POLICY });
		response.end(found ? readFileSync(file) : '');
	});
	const port = await listening(server);
	return { base: `http://127.0.0.1:${port}`, close: () => new Promise(done => server.close(done)) };
}

// What the program says goes to a file of the artefacts.
export async function serveProgram(jalon, log) {
	const folder = mkdtempSync(join(tmpdir(), 'jalon-browser-'));
	const database = join(folder, 'demo.db');
	const env = { ...process.env, JALON_KEY: join(folder, 'key') };
	const run = (...args) => execFileSync(jalon, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });

	run('import', '--database', database, '--quiet', join(source, 'data/contract/clermont-ferrand-2022'));
	run('demo', '--database', database, '--quiet');
	const port = await freePort();
	const told = openSync(log, 'w');
	const program = spawn(jalon, ['serve', '--database', database, '--listen', `127.0.0.1:${port}`], { env, stdio: ['ignore', told, told] });
	closeSync(told);
	const base = `http://127.0.0.1:${port}`;
	const ended = new Promise(done => program.once('exit', done));
	const close = async () => {
		program.kill('SIGTERM');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await answering(base, program);
	} catch (error) {
		await close();
		throw error;
	}
	return { base, close };
}

async function answering(base, program) {
	for (let tries = 0; tries < 200; tries++) {
		if (program.exitCode !== null)
			throw new Error(`jalon serve ended with ${program.exitCode}`);
		try {
			await fetch(`${base}/connexion`, { redirect: 'manual' });
			return;
		} catch {
			await new Promise(done => setTimeout(done, 50));
		}
	}
	throw new Error('jalon serve does not answer');
}
