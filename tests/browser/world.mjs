// What a case is given: a server with invented people, a browser, and the ways to look at a page.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { freePort, servePages, serveProgram } from './server.mjs';
import { accessibility, layout, wideness } from './checks.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];
const NARROW = 320, PHONE = 360, TABLET = 768, DESK = 1280; // 320: also a desk at 400 %
const USUAL = [NARROW, PHONE, DESK], EVERY = [NARROW, PHONE, TABLET, DESK];
const FIRST_VIEW = 30 * 1024; // bytes that a page and all it needs may weigh on the line

// "/personnes?q=abc" as the name of a file
const named = path => path.replace(/^\//, '').replace(/[^\p{L}\p{N}.]+/gu, '-') || 'home';

export async function openWorld({ jalon, pages, artefacts, here, tell }) {
	rmSync(artefacts, { recursive: true, force: true });
	for (const folder of ['pictures', 'html'])
		mkdirSync(join(artefacts, folder), { recursive: true });
	const server = jalon ? await serveProgram(jalon, join(artefacts, 'server.log')) : await servePages(pages, join(here, '../../static'));
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
	const signedIn = new Map(); // role -> what the browser keeps
	const texts = [];           // what was read on French pages: { name, text }

	const world = { artefacts, here, tell, texts, base: server.base, html: join(artefacts, 'html') };

	// A named fact: `body` throws, or gives a list of faults.
	world.test = async (name, body) => {
		try {
			tell(name, (await body()) ?? []);
		} catch (error) {
			tell(name, [error.stack]);
		}
	};

	// A browser of its own, forgotten afterwards. as: a role; lang: of the browser; dark, script, print as their names say.
	world.page = async ({ as, width = DESK, lang = 'fr', dark = false, script = true } = {}) => {
		const context = await browser.newContext({ viewport: { width, height: 740 }, hasTouch: width < 600, locale: lang,
			colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script, baseURL: server.base,
			storageState: as ? await world.signIn(as) : undefined });
		const page = await context.newPage();
		page.noise = []; // errors of the page: refused by the content policy, missing files, mistakes of scripts
		page.bytes = 0;
		page.on('console', line => {
			// That the page itself answers 404 or 422 is no noise: its status is looked at on its own.
			if (line.type() === 'error' && !(line.location().url === page.url() && line.text().includes('status of 4')))
				page.noise.push(line.text());
		});
		page.on('pageerror', error => page.noise.push(error.message));
		page.on('request', request => request.url().startsWith(server.base) || request.url().startsWith('data:')
			|| page.noise.push(`asks another host: ${request.url()}`));
		page.on('requestfinished', async request => {
			const size = await request.sizes().catch(() => null);
			page.bytes += size ? size.responseBodySize + size.responseHeadersSize : 0;
		});
		return page;
	};

	// The page at a path; the caller closes page.context().
	world.visit = async (path, how = {}) => {
		const page = await world.page(how);
		const answer = await page.goto(path);
		page.status = answer.status();
		return page;
	};

	// The state of a browser in which a demonstration account of this role is signed in. The door lists them, one button a role.
	world.signIn = async role => {
		if (!signedIn.has(role)) {
			const context = await browser.newContext({ baseURL: server.base, locale: 'fr' });
			const page = await context.newPage();
			await page.goto('/connexion');
			await page.getByRole('button', { name: role, exact: true }).first().click();
			await page.waitForURL(url => !url.pathname.startsWith('/connexion'));
			signedIn.set(role, await context.storageState());
			await context.close();
		}
		return signedIn.get(role);
	};

	// A case that ended a role's sign-in: the next one that wants the role signs in anew.
	world.forget = role => signedIn.delete(role);

	// What somebody does over several pages, on a phone and at a desk. plain: the phone runs no script, all must work all the same.
	// `body(page, width)` throws, or gives a list of faults; where it ends nothing may scroll sideways, and no error may have come up.
	world.journey = async (name, { plain = false, ...how }, body) => {
		for (const width of [PHONE, DESK]) {
			const page = await world.page({ ...how, width, script: !plain || width !== PHONE });
			page.setDefaultTimeout(10000);
			await world.test(`${name}, at ${width}${plain && width === PHONE ? ' without a script' : ''}`, async () => {
				const faults = await body(page, width) ?? [];
				await world.picture(page, `journey-${named(name)}-${width}`);
				await page.setViewportSize({ width: NARROW, height: 740 });
				faults.push(...await wideness(page));
				return [...faults, ...page.noise];
			});
			await page.context().close();
		}
	};

	// Loaded by the one case that needs it: it takes seconds.
	world.lighthouse = async () => (await import('./lighthouse.mjs'))
		.openLighthouse({ executablePath: CHROMIUM, args: FLAGS, port: await freePort() });

	world.picture = (page, name) => page.screenshot({ path: join(artefacts, 'pictures', `${name}.png`), fullPage: true });

	// A page as it stands: on a phone (dark) and at a desk (light); its weight, layout, accessibility; kept for the checks of all
	// pages together. `state` tells pages of the same address apart: "empty", "error"; `act` brings a page into it; `name` for an
	// address that holds a key, which another run does not have. tablet: in between, too, for pages whose parts all the others
	// are made of.
	world.examine = async (path, { as, state, status = 200, act, heavy = false, tablet = false, name: called = path } = {}) => {
		const name = [named(called), as && named(as), state].filter(Boolean).join('--');
		const faults = { layout: [], accessibility: [], noise: [], weight: [] };
		const page = await world.visit(path, { as, width: PHONE, dark: true });
		if (page.status !== status)
			faults.noise.push(`status ${page.status}`);
		const opened = page.bytes; // what an act brings afterwards is no first view
		if (act)
			await act(page);
		if (!heavy && opened > FIRST_VIEW)
			faults.weight.push(`${opened} bytes`);
		for (const width of tablet ? EVERY : USUAL) {
			await page.emulateMedia({ colorScheme: width > PHONE ? 'light' : 'dark' });
			await page.setViewportSize({ width, height: 740 });
			faults.layout.push(...await layout(page, width));
			if (width !== NARROW)
				await world.picture(page, `${name}-${width}`);
			if (width === PHONE || width === DESK)
				faults.accessibility.push(...await accessibility(page));
		}
		faults.noise.push(...page.noise);
		writeFileSync(join(world.html, `${name}.html`), await bodyOf(page, act));
		texts.push({ name, ...await readText(page) });
		await page.context().close();
		tell(`${name}: fits a phone and a desk, with room for fingers`, faults.layout);
		tell(`${name}: nothing that axe finds, in light and dark`, faults.accessibility);
		tell(`${name}: no error, no other host`, faults.noise);
		tell(`${name}: a light first view`, faults.weight);
	};

	// The page as it was sent; what an act made of it only exists in the browser.
	async function bodyOf(page, act) {
		if (act)
			return `<!doctype html>${await page.evaluate(() => document.documentElement.outerHTML)}`;
		return (await page.request.get(page.url())).text();
	}

	world.print = async (path, name, how = {}) => {
		const page = await world.visit(path, how);
		await page.pdf({ path: join(artefacts, 'pictures', `${name}.pdf`), preferCSSPageSize: true });
		await page.context().close();
	};

	world.close = async () => {
		await browser.close();
		await server.close();
	};
	return world;
}

// What is read in French: neither names (bdi, what the bars of a chart are called), nor codes, nor what somebody typed, nor what is marked as another language.
function readText(page) {
	return page.evaluate(() => {
		const skip = 'bdi, svg .t, code, .code, script, style, textarea, [translate=no], [lang]:not([lang^=fr])';
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		// A page that is about something recorded is called like it: what its heading marks as a name is none of our French.
		const names = [...document.querySelectorAll('h1 bdi')].map(e => e.textContent);
		const words = [names.reduce((title, name) => title.replace(name, ''), document.title)];
		while (walker.nextNode()) {
			const parent = walker.currentNode.parentElement;
			if (!parent.closest(skip))
				words.push(walker.currentNode.data.trim());
		}
		for (const e of document.querySelectorAll('[aria-label], [placeholder], [title], img[alt]')) {
			if (!e.closest(skip))
				words.push(...['aria-label', 'placeholder', 'title', 'alt'].map(a => e.getAttribute(a) ?? ''));
		}
		return { lang: document.documentElement.lang, text: words.filter(Boolean).join('\n') };
	});
}
