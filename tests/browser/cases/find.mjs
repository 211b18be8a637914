// Results while typing, under the content policy of the server: on a page that answers from here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const PEOPLE = ['Ahmadi', 'Ahmed', 'Karimi'];

const pageOf = words => `<!doctype html><html lang="fr"><head><title>x</title><script type="module" src="/draft/find.js"></script></head><body>
	<form action="/draft/" data-find="results"><input type="search" name="q" value="${words}"><button>Chercher</button></form>
	<ul id="results">${PEOPLE.filter(p => p.startsWith(words)).map(p => `<li>${p}</li>`).join('')}</ul></body></html>`;

export default async function find(world) {
	const page = await world.page();
	const asked = [];
	await page.route('**/draft/**', route => {
		const url = new URL(route.request().url());
		if (url.pathname.endsWith('.js'))
			return route.fulfill({ contentType: 'text/javascript', body: readFileSync(join(world.here, '../../static/find.js')) });
		asked.push(url.search);
		return route.fulfill({ contentType: 'text/html', headers: { 'Content-Security-Policy': POLICY }, body: pageOf(url.searchParams.get('q') ?? '') });
	});
	await page.goto('/draft/');
	await world.test('the list follows what is typed, and the address with it', async () => {
		await page.getByRole('searchbox').pressSequentially('Ahm');
		await page.waitForFunction(() => document.querySelectorAll('li').length === 2, null, { timeout: 5000 });
		return [page.url().endsWith('?q=Ahm') ? '' : page.url(), ...page.noise].filter(Boolean);
	});
	await world.test('the server is asked from the third letter on, and the cursor stays', async () => {
		const focus = await page.evaluate(() => document.activeElement.type);
		return [asked.length === 2 ? '' : `asked ${asked.join(' ')}`, focus === 'search' ? '' : focus].filter(Boolean);
	});
	await page.context().close();
}
