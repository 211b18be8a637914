// Every component in all its states, in both directions of reading, and on paper.
import { gzipSync } from 'node:zlib';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const MOST = { 'jalon.css': 8 * 1024, 'find.js': 3 * 1024 };

export default async function style(world) {
	await world.examine('/style', { heavy: true, tablet: true });
	await world.examine('/style', { state: 'mirrored', heavy: true, tablet: true, act: page => page.evaluate(() => { document.documentElement.dir = 'rtl'; }) });
	await world.print('/style', 'style');
	await menuWithoutScript(world);
	await keyboard(world);
	await classes(world);
	for (const [file, most] of Object.entries(MOST))
		await world.test(`${file} is light`, () => {
			const size = gzipSync(readFileSync(join(world.here, '../../static', file)), { level: 9 }).length;
			return size > most ? [`${size} bytes, compressed`] : [];
		});
	await world.test('the style sheet names no side', () => {
		const sheet = readFileSync(join(world.here, '../../static/jalon.css'), 'utf8').replace(/\/\*.*?\*\//gs, '');
		return sheet.match(/(margin|padding|border|inset)-(left|right|top|bottom)|[{;]\s*(left|right|top|bottom|width|height|(min|max)-(width|height)):[^;}]*|text-align: (left|right)/g) ?? [];
	});
}

// A class that the style sheet does not know does nothing: a slip, or an invention.
async function classes(world) {
	await world.test('pages use the classes of the style sheet only', () => {
		const source = join(world.here, '../..'), views = join(source, 'views');
		const known = new Set(readFileSync(join(source, 'static/jalon.css'), 'utf8').match(/(?<=\.)[a-z][a-z0-9]*/g));
		const faults = [];
		for (const file of readdirSync(views).filter(f => f.endsWith('.tmpl')))
			for (const [, value] of readFileSync(join(views, file), 'utf8').matchAll(/class="((?:[^"{]|\{\{.*?\}\})*)"/g))
				for (const word of value.replace(/\{\{.*?\}\}/g, ' ').split(/\s+/).filter(Boolean))
					if (!known.has(word))
						faults.push(`${file}: ${word}`);
		return [...new Set(faults)];
	});
}

async function menuWithoutScript(world) {
	await world.test('the menu of a phone opens and closes without script', async () => {
		const page = await world.visit('/style', { width: 360, script: false });
		const entry = page.locator('.menu a').first();
		const faults = [];
		if (await page.locator('.burger').count() > 0) {
			if (await entry.isVisible())
				faults.push('it is open at first');
			await page.locator('.burger summary').click();
			if (!await entry.isVisible())
				faults.push('it does not open');
		}
		await page.context().close();
		return faults;
	});
}

async function keyboard(world) {
	await world.test('the first key leads past the menu, and what has the focus is seen', async () => {
		const page = await world.visit('/style');
		await page.keyboard.press('Tab');
		const skip = await page.evaluate(() => ({ to: document.activeElement.getAttribute('href'), top: document.activeElement.getBoundingClientRect().top }));
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		const outline = await page.evaluate(() => document.activeElement.closest('main') && getComputedStyle(document.activeElement).outlineWidth);
		await page.context().close();
		return [skip.to === '#main' && skip.top >= 0 ? '' : 'no visible skip link', outline === '3px' ? '' : `after it: ${outline}`].filter(Boolean);
	});
}
