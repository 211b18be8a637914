// From the directory to an organisation, its sheet, and back to the same operator.
export const needs = 'jalon';

async function roundTrip(page) {
	await page.goto('/partenaires?q=mobilite');
	await page.locator('main a[href="/partenaires/plateforme-mobilite-63"]').first().click();
	const name = await page.locator('h1').innerText();
	await page.locator('main a[href^="/fiches/f11"]').first().click();
	await page.locator('main a[href="/partenaires/plateforme-mobilite-63"]').first().click();
	return await page.locator('h1').innerText() === name ? [] : ['the sheet leads to another operator'];
}

export default async function directory(world) {
	for (const as of ['Coordination', 'État'])
		await world.journey(`an operator, its sheet and back, for ${as}`, { as, plain: true }, roundTrip);
}
