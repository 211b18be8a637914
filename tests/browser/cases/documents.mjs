// Papers and photos of a file: one is brought, read back, removed; a wrong one is told why.
export const needs = 'jalon';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n');

async function openDocuments(page, nth) {
	await page.goto('/personnes');
	await page.locator('#found .rows a.name').nth(nth).click();
	await page.waitForURL(/\/personnes\/.+/);
	await page.goto(`${new URL(page.url()).pathname}/documents`);
}

async function bring(page, name, buffer) {
	await page.getByLabel('Fichier ou photo').setInputFiles({ name, mimeType: 'application/pdf', buffer });
	await page.getByLabel('Nature du document').selectOption('residence_permit').catch(() => page.getByText('Titre de séjour').click());
	await page.getByLabel('De quoi il s’agit').fill('Récépissé de demande');
	await page.getByRole('button', { name: 'Conserver le document' }).click();
}

async function bringAndRemove(page, width) {
	const faults = [];
	await openDocuments(page, width > 600 ? 11 : 12);
	await bring(page, 'recepisse.pdf', PDF);
	await page.getByText('Le document est conservé.').waitFor();
	const link = page.locator('main .rows a.name').first();
	if (!(await link.innerText()).includes('Récépissé'))
		faults.push('the document is not in the list');
	const answer = await page.request.get(await link.getAttribute('href'));
	if (!(await answer.body()).equals(PDF) || !answer.headers()['content-disposition'].startsWith('attachment'))
		faults.push('the document does not come back as it was, to be kept');
	await page.getByRole('button', { name: /^Retirer/ }).first().click();
	await page.getByText('Il peut être remis').waitFor();
	await page.locator('.notice.good').getByRole('button', { name: 'Annuler' }).click();
	await page.getByText('C’est annulé.').waitFor();
	return faults;
}

export default async function documents(world) {
	const as = 'Coordination';
	await world.journey('a document is brought, read and removed', { as, plain: true }, bringAndRemove);
	await world.examine('/personnes', { as, state: 'documents', act: page => openDocuments(page, 11) });
	await world.examine('/personnes', { as, state: 'no document', act: page => openDocuments(page, 13) });
	await world.examine('/personnes', { as, state: 'wrong document', act: async page => {
		await openDocuments(page, 13);
		await page.getByLabel('Fichier ou photo').setInputFiles({ name: 'page.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
		await page.getByRole('button', { name: 'Conserver le document' }).click();
		await page.locator('.faults').waitFor();
	} });
}
