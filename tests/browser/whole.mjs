// What is asked of all pages together, once they were all seen: one start of Java, one of the spelling checker.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

// One page holds a planted fault: a checker that does not find it has checked nothing.
const PLANTED = 'planted.html';
const BROKEN = '<!doctype html><html lang="fr"><title>x</title><p><div>x</div></p>';

export async function validity(world) {
	if (readdirSync(world.html).length === 0)
		return;
	writeFileSync(join(world.html, PLANTED), BROKEN);
	const run = spawnSync('java', ['-Xss1m', '-jar', jar, '--format', 'json', '--skip-non-html', world.html], { encoding: 'utf8', maxBuffer: 1 << 26 });
	rmSync(join(world.html, PLANTED));
	if (run.error)
		return world.tell('all pages are valid HTML', [run.error.message]);
	const found = JSON.parse(run.stderr).messages.filter(m => m.type !== 'info' || m.subType === 'warning');
	const planted = found.filter(m => m.url.endsWith(`/${PLANTED}`)), others = found.filter(m => !planted.includes(m));
	writeFileSync(join(world.artefacts, 'validity.json'), JSON.stringify(others, null, 1));
	world.tell('all pages are valid HTML', planted.length === 0 ? ['the planted fault was not found'] :
		others.map(m => `${m.url.split('/').pop()}:${m.lastLine}: ${m.message}`));
}

const WRONG = 'accceuil';

// French as it is spelt and set: unknown words, and blanks and apostrophes of another language.
export async function spelling(world) {
	const french = world.texts.filter(t => t.lang.startsWith('fr'));
	if (french.length === 0)
		return;
	const where = new Map(); // word -> the first page that has it
	const set = [];
	for (const { name, text } of french) {
		for (const word of text.replaceAll('’', "'").replace(/\S+@\S+|\S+\/\S+/g, ' ').match(/\p{L}+(?:['-]\p{L}+)*/gu) ?? [])
			if (word.length > 1 && !where.has(word))
				where.set(word, name);
		set.push(...faultsOfSetting(name, text));
	}
	world.tell('French is set the French way', set);
	where.set(WRONG, 'planted');
	const unknown = execFileSync('hunspell', ['-d', 'fr_FR', '-i', 'UTF-8', '-p', words(world), '-l'],
		{ input: [...where.keys()].join('\n'), encoding: 'utf8' }).split('\n').filter(Boolean);
	world.tell('every word is French, or stands in words.txt', !unknown.includes(WRONG) ? ['the planted fault was not found'] :
		unknown.filter(w => w !== WRONG).map(w => `${w} (${where.get(w)})`));
}

function words(world) {
	const file = join(world.here, 'words.txt');
	if (!existsSync(file))
		throw new Error(`${file} is missing`);
	return file;
}

function faultsOfSetting(name, text) {
	const faults = [];
	for (const [what, pattern] of [
		['an ordinary blank before ; ! ? or %', /[^\n]{0,20}[\p{L}\d)»] [;!?%](?![\p{L}])/gu],
		['an ordinary blank before :', /[^\n]{0,20}[\p{L}\d)»] :(?=\s|$)/gmu],
		['no blank before ; ! ? or :', /[^\n]{0,20}\p{L}[;!?:](?=\s|$)/gmu],
		['a typewriter apostrophe', /[^\n]{0,20}\p{L}'\p{L}[^\n]{0,10}/gu],
		['an ordinary blank inside of a number', /\d \d{3}(?!\d)|\d €/gu],
		['an ordinary blank inside of « »', /« |[^\n]{0,20} »/gu],
	])
		for (const [found] of text.matchAll(pattern))
			faults.push(`${name}: ${what}: ${found.trim()}`);
	return faults;
}
