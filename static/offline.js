/* offline.js - the service worker of attendance: sheets that were opened once open again without a network, and what was entered
   waits and is sent by itself. The page (attendance.js) only shows.
   Whatever names somebody is kept under a key that cannot be read out, for twelve hours, and goes at the sign-out or once its sheet
   is sent; what waits to be sent holds keys, minutes and times alone, and waits as long as it must. */
const HOURS = 12 * 3600e3
const SHEET = /^\/seances\/([0-9a-z]+)\/emargement$/
const LISTS = ['/', '/emargements']

/* ---- what is kept ---- */

const done = request => new Promise((yes, no) => {
	request.onsuccess = () => yes(request.result)
	request.onerror = () => no(request.error)
})
let opened
function base() {
	opened ??= new Promise((yes, no) => {
		const request = indexedDB.open('jalon', 1)
		request.onupgradeneeded = () => {
			request.result.createObjectStore('queue', { keyPath: 'key' })
			request.result.createObjectStore('pages', { keyPath: 'path' })
			request.result.createObjectStore('keys', { keyPath: 'id' })
		}
		request.onsuccess = () => {
			request.result.onclose = request.result.onversionchange = () => opened = undefined
			yes(request.result)
		}
		request.onerror = () => no(request.error)
	}).catch(error => { opened = undefined; throw error })
	return opened
}
const store = async (name, mode = 'readonly') => (await base()).transaction(name, mode).objectStore(name)
const all = async name => done((await store(name)).getAll())
const put = async (name, value) => done((await store(name, 'readwrite')).put(value))
const drop = async (name, key) => done((await store(name, 'readwrite')).delete(key))

async function pageKey(make) {
	const kept = await done((await store('keys')).get('pages'))
	if (kept && Date.now() - kept.at < HOURS)
		return kept.value
	await done((await store('pages', 'readwrite')).clear())
	if (!make)
		return null
	const value = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
	await put('keys', { id: 'pages', at: Date.now(), value })
	return value
}

async function keepPage(path, text) {
	const key = await pageKey(true), iv = crypto.getRandomValues(new Uint8Array(12))
	const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text))
	await put('pages', { path, at: Date.now(), iv, data })
}

async function keptPage(path) {
	const key = await pageKey(false), kept = key && await done((await store('pages')).get(path))
	if (!kept || Date.now() - kept.at > HOURS)
		return null
	const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, key, kept.data)
	return new TextDecoder().decode(data)
}

/* ---- pages ---- */

/* The policy of the page itself stays with it. */
const HEADERS = ['content-type', 'content-security-policy', 'permissions-policy', 'x-content-type-options', 'referrer-policy']
const head = response => HEADERS.map(name => [name, response.headers.get(name)]).filter(([, value]) => value)

async function navigate(event, path) {
	try {
		const response = await fetch(event.request)
		const fit = response.ok && !response.redirected && (response.headers.get('content-type') ?? '').startsWith('text/html')
		if (fit && path !== '/')
			event.waitUntil(keep(path, response.clone()).catch(() => {}))
		return response
	} catch (error) {
		const kept = await keptPage(path === '/' ? '/emargements' : path).catch(() => null)
		if (!kept)
			throw error
		const { headers, text } = JSON.parse(kept)
		return new Response(text, { headers })
	}
}

async function keepNow(path) {
	const response = await fetch(path, { headers: { Accept: 'text/html' } })
	if (response.ok && !response.redirected)
		await keep(path, response)
}

/* A sheet that is closed needs no telephone any more. */
async function keep(path, response) {
	const text = await response.text()
	if (SHEET.test(path) && !text.includes('id="sheet"'))
		return drop('pages', path)
	await keepPage(path, JSON.stringify({ headers: head(response), text }))
	if (SHEET.test(path) && !await keptPage('/emargements'))
		await keepNow('/emargements') // the way back to the others
}

/* Files whose address changes with their content. */
async function still(request) {
	const kept = await caches.match(request)
	if (kept)
		return kept
	const response = await fetch(request)
	if (response.ok && /\.[0-9a-f]{12}\.\w+$/.test(new URL(request.url).pathname))
		await (await caches.open('static')).put(request, response.clone())
	return response
}

/* ---- the queue ---- */

let sending
/* Sends what waits, the oldest first; one at a time, whoever asks. Gives what came of each. */
const flush = () => sending ??= send().finally(() => sending = undefined)

async function send() {
	const answers = {}
	for (const item of (await all('queue')).sort((a, b) => a.at - b.at)) {
		if (item.refused)
			continue
		const answer = await sendOne(item)
		answers[item.key] = answer
		if (answer.wait)
			break
	}
	await tell(answers)
	return answers
}

async function sendOne(item) {
	let response
	try {
		response = await fetch('/emargements/envoi', { method: 'POST', redirect: 'manual', signal: AbortSignal.timeout?.(30e3),
			headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(item) })
	} catch {
		return { wait: 'network' }
	}
	if (response.status === 401)
		return { wait: 'closed' }
	if (!response.ok)
		return { wait: 'server' }
	const answer = await response.json()
	if (answer.key !== item.key)
		return { wait: 'server' }
	if (answer.other)
		return answer // somebody else's: it stays until they are here
	if (answer.result === 'refused') {
		await put('queue', { ...item, refused: answer.words })
	} else {
		await drop('queue', item.key)
		await drop('pages', `/seances/${item.session}/emargement`)
	}
	return answer
}

async function tell(answers) {
	const queue = await all('queue')
	for (const page of await clients.matchAll())
		page.postMessage({ queue, answers })
}

/* Signing out empties this telephone: what still waits goes first, or the sign-out waits. */
async function leave(request) {
	await flush().catch(() => {})
	const left = (await all('queue').catch(() => [])).filter(item => !item.refused)
	if (left.length > 0)
		return Response.redirect('/emargements?attente=1', 303)
	return fetch(request)
}

/* ---- events ---- */

addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))
addEventListener('sync', event => event.waitUntil(flush().then(answers => {
	if (Object.values(answers).some(answer => answer.wait))
		throw new Error('it waits') // the browser asks again
})))
addEventListener('fetch', event => {
	const url = new URL(event.request.url), { method, mode } = event.request
	if (url.origin !== location.origin)
		return
	if (method === 'POST' && url.pathname === '/deconnexion' && mode === 'navigate')
		event.respondWith(leave(event.request))
	else if (method === 'GET' && url.pathname.startsWith('/static/'))
		event.respondWith(still(event.request))
	else if (method === 'GET' && mode === 'navigate')
		event.waitUntil(flush().catch(() => {})) // the next opening, where a browser does not send by itself
	if (method === 'GET' && mode === 'navigate' && (SHEET.test(url.pathname) || LISTS.includes(url.pathname)))
		event.respondWith(navigate(event, url.pathname))
})
/* From a page: { put: item }, { drop: key }, { flush: true }, or { page, files }: one that was opened before this worker was there.
   The first port is answered with what waits, the second with what became of it. */
addEventListener('message', event => {
	const { put: item, drop: key, flush: send, page, files } = event.data
	event.waitUntil((async () => {
		if (item) {
			await put('queue', item)
			registration.sync?.register('queue').catch(() => {})
		}
		if (key)
			await drop('queue', key)
		if (files)
			await Promise.all([keepNow(page), ...files.map(file => still(new Request(file)))])
		event.ports[0]?.postMessage({ queue: await all('queue') })
		if (send)
			event.ports[1]?.postMessage({ answers: await flush(), queue: await all('queue') })
	})().catch(error => event.ports[0]?.postMessage({ failed: String(error) })))
})
