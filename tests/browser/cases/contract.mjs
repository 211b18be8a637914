// The contract, its sheets, the partners and the start page, as each role sees them.
export const needs = 'jalon';

const CONTRACT = '/contrats/cf-ctai-2022';

export default async function contract(world) {
	for (const role of ['Coordination', 'Finances', 'Responsable chez un opérateur', 'Intervenant chez un opérateur', 'Partenaire', 'État', 'Recherche', 'Bénéficiaire', 'Observateur', 'Administrateur'])
		await world.examine('/', { as: role });
	await world.examine(CONTRACT, { as: 'Coordination' });
	await world.examine(CONTRACT, { as: 'Responsable chez un opérateur' });
	for (const tab of ['texte', 'conformite', 'comparaison'])
		await world.examine(`${CONTRACT}/${tab}`, { as: 'État' });
	await world.examine('/contrats', { as: 'Observateur' });
	await world.examine('/contrats/rien', { as: 'État', status: 404 });
	await world.examine('/fiches/f12?periode=contract-1', { as: 'Coordination' });
	await world.examine('/fiches/f12?periode=contract-1', { as: 'Coordination', state: 'open', act: page => page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; })) });
	await world.examine('/fiches/f21?periode=contract-1', { as: 'État' });
	await world.examine('/fiches/f43', { as: 'Partenaire' });
	await world.print('/fiches/f12?periode=contract-1', 'sheet', { as: 'Coordination' });
	await world.print(CONTRACT, 'contract', { as: 'Coordination' });
	await everyNumber(world);
	await partners(world);
}

// A figure of the tree opens onto a page that is there.
async function everyNumber(world) {
	await world.test('every figure of the contract leads somewhere', async () => {
		const page = await world.visit(`${CONTRACT}?periode=contract-1`, { as: 'Coordination' });
		const places = await page.$$eval('main .node a, main .pair a', links => [...new Set(links.map(a => a.href))]);
		const faults = places.length < 20 ? [`only ${places.length} links`] : [];
		for (const place of places) {
			const answer = await page.request.get(place);
			if (answer.status() !== 200)
				faults.push(`${place}: ${answer.status()}`);
		}
		await page.context().close();
		return faults;
	});
}

async function partners(world) {
	const contact = '/partenaires/plie/contacts/nouveau';
	await world.examine('/partenaires', { as: 'Coordination' });
	await world.examine('/partenaires?q=zzz', { as: 'Partenaire', state: 'empty' });
	await world.examine('/partenaires/plie', { as: 'Coordination', state: 'empty' });
	await world.examine(contact, { as: 'Coordination', state: 'error', act: async page => {
		await page.fill('#email', 'pas une adresse');
		await page.getByRole('button', { name: 'Enregistrer le contact' }).click();
	} });
	await world.test('a contact is written down, found, and marked as up to date, without a script', async () => {
		const page = await world.visit(contact, { as: 'Coordination', script: false });
		await page.fill('#name', 'Camille Exemple-Fictif');
		await page.fill('#phone', '04 99 00 00 01');
		await page.fill('#languages', 'français, dari');
		await page.getByRole('button', { name: 'Enregistrer le contact' }).click();
		await page.getByText('Le contact est ajouté.').waitFor();
		await page.getByRole('button', { name: 'Toujours à jour' }).click();
		await page.getByText('Les contacts sont notés à jour aujourd’hui.').waitFor();
		await page.goto('/partenaires?q=camille');
		await page.getByRole('link', { name: '04 99 00 00 01' }).waitFor();
		await page.context().close();
	});
	await world.examine('/partenaires/plie', { as: 'Coordination' });
	await world.test('whoever was slower sees both', async () => {
		const one = await world.visit('/partenaires/plie', { as: 'Coordination' });
		await one.locator('a[href*="/contacts/"]', { hasText: /^Modifier/ }).first().click();
		const two = await one.context().newPage();
		await two.goto(one.url());
		await two.fill('#phone', '04 99 00 00 02');
		await two.getByRole('button', { name: 'Enregistrer le contact' }).click();
		await one.fill('#function', 'Référente');
		await one.getByRole('button', { name: 'Enregistrer le contact' }).click();
		await one.getByText('Ce qui est enregistré').waitFor();
		const text = await one.innerText('main');
		await world.picture(one, 'contact--both');
		await one.context().close();
		return text.includes('04 99 00 00 02') && text.includes('Référente') ? [] : [text];
	});
}
