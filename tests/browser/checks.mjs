// What is asked of one page in the browser; each gives a list of faults.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const snifferSource = readFileSync(createRequire(import.meta.url).resolve('html_codesniffer/build/HTMLCS.js'), 'utf8');
const LEAST = 44; // pixels that a finger needs; ours are 48
const APART = 0;  // no two targets over each other

export async function accessibility(page) {
	if (!await page.evaluate(() => 'axe' in window))
		await page.evaluate(axeSource); // through the debugger: the page's content policy stays as it is
	const violations = await page.evaluate(async () => (await window.axe.run({
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	})).violations.map(v => ({ id: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(' ')) })));
	return [...violations.map(v => `axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 5).join(', ')}`), ...await sniffed(page)];
}

// HTML_CodeSniffer, whose rules are others than axe's; its errors alone, warnings are for people. Heads of two levels say what they
// are for by scope (technique H63), where it asks for H43, another way to the same.
async function sniffed(page) {
	if (!await page.evaluate(() => 'HTMLCS' in window))
		await page.evaluate(`${snifferSource}
			HTMLCS_WCAG2AAA_Sniffs_Principle1_Guideline1_3_1_3_5.process = () => {}; // it fails on autocomplete words that it does not know; axe checks them`);
	return page.evaluate(() => new Promise((done, failed) => window.HTMLCS.process('WCAG2AA', document,
		() => done(window.HTMLCS.getMessages().filter(m => m.type === window.HTMLCS.ERROR && !m.code.includes('.H43.'))
			.map(m => `htmlcs ${m.code}: ${m.msg}: ${m.element?.outerHTML?.slice(0, 120)}`)), failed)));
}

// How far the page scrolls sideways, and must not.
export async function wideness(page) {
	const { over, at } = await page.evaluate(() => ({ at: location.pathname,
		over: document.documentElement.scrollWidth - document.documentElement.clientWidth }));
	return over > 0 ? [`${at}: ${over} pixels too wide`] : [];
}

export function layout(page, width) {
	return page.evaluate(({ width, LEAST, APART }) => {
		const faults = [];
		const at = e => `<${e.tagName.toLowerCase()}${e.id ? ` id=${e.id}` : ''}> "${e.textContent.trim().slice(0, 30)}"`;
		const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
		if (over > 0)
			faults.push(`at ${width}: ${over} pixels too wide`);
		// A link inside of a sentence is as high as the sentence; all else is a target.
		const alone = e => getComputedStyle(e).display !== 'inline' || !e.closest('p, dd, td, li, summary, caption');
		const targets = [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
			.filter(e => !e.matches('.skip') && !e.closest('.sr') && e.checkVisibility() && alone(e))
			.map(e => ({ e, box: (e.closest('label.choice, .segments label') ?? e).getBoundingClientRect() }))
			.filter(({ box }) => box.width > 0);
		for (const { e, box } of targets)
			if (box.height < LEAST || box.width < LEAST)
				faults.push(`at ${width}: ${at(e)} is ${Math.round(box.width)} x ${Math.round(box.height)}`);
		targets.forEach(({ e, box }, i) => {
			const next = targets[i + 1];
			if (next && !e.closest('.leave') && !next.e.closest('.leave, .stay') && !e.closest('.stay')
				&& Math.min(box.right, next.box.right) - Math.max(box.left, next.box.left) > 2 + APART
				&& Math.min(box.bottom, next.box.bottom) - Math.max(box.top, next.box.top) > 2 + APART)
				faults.push(`at ${width}: ${at(e)} lies over ${at(next.e)}`);
		});
		return faults;
	}, { width, LEAST, APART });
}
