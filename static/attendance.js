/* attendance.js - the sheet of attendance and the list of sheets, in a browser that can wait for a network: what is saved goes to the
   service worker (offline.js), which sends it; this shows which of three states holds: on this telephone, sending, saved on the
   server. Only the server's answer says the last. Without this script, or the worker, the form is sent as any other. */
const form = document.getElementById('sheet'), state = document.getElementById('state'), box = document.getElementById('waiting')
const RETRY = 15e3, OLD = 24 * 3600e3
let worker, retry

/* ---- the worker ---- */

const heard = port => new Promise((yes, no) => port.onmessage = ({ data }) => data.failed ? no(data.failed) : yes(data))

/* Two answers: what waits, and what became of it. */
function ask(message) {
	const one = new MessageChannel(), two = new MessageChannel()
	worker.postMessage(message, [one.port2, two.port2])
	return [heard(one.port1), heard(two.port1)]
}

async function start() {
	const url = '/static/offline.js', known = navigator.serviceWorker.controller
	const trusted = globalThis.trustedTypes?.createPolicy('jalon', { createScriptURL: asked => asked === url ? asked : '' })
	const there = await navigator.serviceWorker.getRegistration('/')
	const registered = navigator.serviceWorker.register(trusted ? trusted.createScriptURL(url) : url, { scope: '/' })
	/* Without a network it cannot be looked at anew: the one that is there serves. */
	if (there?.active)
		registered.catch(() => {})
	else
		await registered
	worker = (await navigator.serviceWorker.ready).active
	if (!known) {
		const files = [...document.querySelectorAll('link[rel=stylesheet], script[src]')].map(e => e.href || e.src)
		ask({ page: location.pathname, files })
	}
	navigator.serviceWorker.onmessage = ({ data }) => data.queue && settle(data)
	const { queue } = await ask({})[0]
	if (form)
		queue.filter(mine).forEach(overlay)
	show(queue)
	if (queue.length > 0)
		flush()
}

const mine = item => form && item.session === form.dataset.session && item.account === form.dataset.account

async function flush() {
	clearTimeout(retry)
	settle(await ask({ flush: true })[1])
}

/* What became of what waited. The sheet is shown as the server has it now, unless something else was typed meanwhile. */
function settle({ answers = {}, queue }) {
	show(queue)
	clearTimeout(retry)
	if (queue.some(item => !item.refused))
		retry = setTimeout(flush, RETRY)
	if (!form)
		return
	for (const answer of Object.values(answers)) {
		const here = answer.place?.startsWith(`/seances/${form.dataset.session}/`)
		if (here && answer.result !== 'refused' && !queue.some(mine) && lines().every(l => l.before.value === markOf(l)))
			return location.replace(answer.place)
		if (here)
			say(answer.words, answer.result === 'refused' ? '' : 'kept')
		else if (answer.wait && queue.some(mine))
			say(answer.wait === 'closed' ? state.dataset.closed : state.dataset.here)
	}
}

/* ---- what is shown ---- */

function say(words, kind = '') {
	state.textContent = words
	state.className = `state ${kind}`
	state.hidden = false
}

function button(words, run) {
	const b = document.createElement('button')
	b.textContent = words
	b.addEventListener('click', run)
	return b
}

/* The other sheets that wait, and what was refused. */
function show(queue) {
	const items = queue.filter(item => item.refused || !mine(item))
	box.hidden = items.length === 0
	box.querySelector('ul').replaceChildren(...items.map(item => {
		const line = document.createElement('li'), link = document.createElement('a'), words = document.createElement('p')
		link.href = `/seances/${item.session}/emargement`
		link.className = 'name'
		link.textContent = box.dataset.sheet
		words.textContent = [box.dataset.typed.replace('#', new Date(item.at).toLocaleString(document.documentElement.lang)),
			item.refused, Date.now() - item.at > OLD && box.dataset.old].filter(Boolean).join(' – ')
		line.append(link, words)
		if (item.refused)
			line.append(button(box.dataset.drop, async () => show((await ask({ drop: item.key })[0]).queue)))
		return line
	}))
}

/* ---- the sheet ---- */

const lines = () => [...form.querySelectorAll('.mark')].map(line => {
	const before = line.querySelector('[type=hidden]'), minutes = line.querySelector('.n')
	return { line, before, minutes, person: before.name.slice(2), choice: line.querySelector(':checked')?.value }
})

function markOf({ choice, minutes }) {
	const written = minutes.value.trim() || form.dataset.minutes
	return choice === 'P' ? String(Number(written)) : choice === 'A' ? '0' : choice === 'E' ? '0e' : ''
}

function overlay(item) {
	const shown = new Map(lines().map(l => [l.person, l]))
	for (const [person, , mark] of item.lines) {
		const l = shown.get(person), choice = mark === '' ? '' : mark === '0' ? 'A' : mark === '0e' ? 'E' : 'P'
		if (!l)
			continue
		l.line.querySelectorAll('[type=radio]').forEach(r => r.checked = r.value === choice)
		if (choice === 'P')
			l.minutes.value = mark
		l.before.value = mark
	}
	count()
	say(state.dataset.here)
}

function count() {
	const left = lines().filter(l => !l.choice).length, out = document.getElementById('left')
	out.textContent = left === 0 ? out.dataset.none : left === 1 ? out.dataset.one : out.dataset.many.replace('#', left)
}

function right() {
	for (const l of lines()) {
		const n = Number(l.minutes.value.trim() || form.dataset.minutes)
		const wrong = l.choice === 'P' && !(Number.isInteger(n) && n > 0 && n <= Number(form.dataset.minutes))
		l.minutes.setCustomValidity(wrong ? form.dataset.wrong : '')
		if (wrong)
			return l.minutes.reportValidity()
	}
	return true
}

/* One act for everybody who is not answered yet; the sheet says so when it is saved. */
function allPresent() {
	for (const l of lines())
		if (!l.choice)
			l.line.querySelector('[value=P]').checked = true
	if (!form.tous) {
		const said = document.createElement('input')
		Object.assign(said, { type: 'hidden', name: 'tous', value: '1' })
		form.append(said)
	}
	count()
}

function itemOf(close) {
	const bytes = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))
	const key = btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
	const said = lines().map(l => [l.person, l.before.value, markOf(l)]).filter(([, before, mark]) => before !== mark)
	return { key, account: form.dataset.account, session: form.dataset.session, at: Date.now(), all: form.tous?.value === '1', close, lines: said }
}

async function save(close) {
	const item = itemOf(close), [kept, sent] = ask({ put: item, flush: true })
	await kept
	say(state.dataset.here)
	for (const l of lines())
		l.before.value = markOf(l)
	say(state.dataset.going, 'sent')
	settle(await sent)
}

form?.addEventListener('change', count)
form?.addEventListener('input', event => event.target.setCustomValidity('')) // what was wrong is looked at anew
form?.addEventListener('submit', event => {
	const act = event.submitter?.value || 'enregistrer'
	if (act === 'tous') {
		event.preventDefault()
		allPresent()
	} else if (act !== 'ajouter' && worker) {
		event.preventDefault()
		if (right())
			save(act === 'clore').catch(() => { worker = null; form.requestSubmit(event.submitter) })
	}
})
if ('serviceWorker' in navigator && box) {
	start().catch(() => {}) // the form is sent as any other
	addEventListener('online', () => worker && flush())
	document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && worker && flush())
}
