// Pages on a phone as Lighthouse sees them, in a Chromium of its own: it takes the whole browser over.
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';

// How many of 100 each category has, and what costs points; `cookies`: of who is signed in.
export async function openLighthouse({ executablePath, args, port }) {
	const browser = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] });

	async function look(url, cookies) {
		const headers = cookies.length > 0 ? { Cookie: cookies.map(c => `${c.name}=${c.value}`).join('; ') } : {};
		const { lhr } = await lighthouse(url, { port, logLevel: 'silent', output: 'json', extraHeaders: headers, disableStorageReset: true,
			onlyCategories: ['performance', 'accessibility', 'best-practices'] });
		if (lhr.runtimeError)
			throw new Error(lhr.runtimeError.message);
		if (lhr.finalDisplayedUrl !== url)
			throw new Error(`it was led to ${lhr.finalDisplayedUrl}`);
		return Object.fromEntries(Object.entries(lhr.categories).map(([name, category]) => [name, {
			score: Math.round(category.score * 100),
			lost: category.auditRefs.filter(ref => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 1).map(ref => lhr.audits[ref.id].title),
		}]));
	}
	return { look, close: () => browser.close() };
}
