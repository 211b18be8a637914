// Faults planted in a page: a checker that does not find them checks nothing.
import { accessibility, layout } from '../checks.mjs';

const PAGE = `<!doctype html><html lang="fr"><head><title>x</title></head><body><main><h1>x</h1>
	<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><button>x</button>
<pre>${'x'.repeat(400)}</pre></main></body></html>`;

export default async function planted(world) {
	const page = await world.page({ width: 360 });
	await page.setContent(PAGE);
	const wide = await layout(page, 360), found = await accessibility(page);
	await page.goto('data:text/html,<script src="http://203.0.113.1/x.js"></script>').catch(() => {});
	const finds = (name, list, word) => world.tell(`the checks find ${name}`, list.some(f => f.includes(word)) ? [] : ['not found', ...list]);

	finds('a picture without words', found, 'image-alt');
	finds('a picture without words, by the second checker', found, 'htmlcs WCAG2AA.Principle1.Guideline1_1.1_1_1');
	finds('a page that is too wide', wide, 'too wide');
	finds('a button that is too small', wide, '<button>');
	finds('a file of another host', page.noise, 'another host');
	await page.context().close();
}
