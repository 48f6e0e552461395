// SPDX-License-Identifier: EUPL-1.2
// imapflow, which fetches: peer-imapflow.js PORT USER PASSWORD MAILS [read]
// With "read" mailparser and ical.js read each mail too; nothing is stored. Prints
// what bench-fetch does, timed alike: the mailbox is open, and has warmed up; with "read"
// it is opened anew, as bench-ingest opens it.
const { ImapFlow } = require("imapflow");
const { simpleParser } = require("mailparser");
const ICAL = require("ical.js");

if (process.argv[2] === "--version") {
	const version = (name) => name + " " + require(name + "/package.json").version;
	console.log(require("imapflow/package.json").version + ", " + version("mailparser") + ", node " +
		process.versions.node);
	process.exit(0);
}
const [port, user, pass, mails, read] = process.argv.slice(2);
const client = new ImapFlow({
	host: "127.0.0.1", port: Number(port), secure: false, doSTARTTLS: false, auth: { user, pass }, logger: false,
});
let bytes = 0;

async function understand(source) {
	const mail = await simpleParser(source);
	for (const part of mail.attachments)
		if (part.contentType === "text/calendar") {
			const calendar = new (ICAL.default || ICAL).Component((ICAL.default || ICAL).parse(part.content.toString()));
			calendar.getFirstSubcomponent("vevent").getFirstPropertyValue("uid");
		}
	return mail.text;
}

async function fetch(range) {
	let n = 0;
	for await (const mail of client.fetch(range, { uid: true, source: true })) {
		n++;
		bytes += mail.source.length;
		if (read)
			await understand(mail.source);
	}
	return n;
}

(async () => {
	await client.connect();
	await client.mailboxOpen("INBOX");
	await fetch(read ? "1:200" : "1:*");
	bytes = 0;
	if (read)
		await client.mailboxClose();
	const begun = process.hrtime.bigint();
	if (read)
		await client.mailboxOpen("INBOX");
	else
		await client.noop();
	const n = await fetch("1:*");
	const took = Number(process.hrtime.bigint() - begun) / 1e9;
	console.log(n, Math.round(bytes / n), took.toFixed(6), process.resourceUsage().maxRSS);
	await client.logout();
	process.exit(n === Number(mails) ? 0 : 1);
})();
