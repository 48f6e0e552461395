// SPDX-License-Identifier: EUPL-1.2
// nodemailer with a pool: peer-nodemailer.js PORT LETTERS BYTES CONNECTIONS
// Prints what bench-submit does; the clock starts when it has warmed up.
const nodemailer = require("nodemailer");

if (process.argv[2] === "--version") {
	console.log(require("nodemailer/package.json").version + ", node " + process.versions.node);
	process.exit(0);
}
const [port, letters, bytes, connections] = process.argv.slice(2).map(Number);
const line = "En rad som de flesta i ett brev, varken lang eller kort, med CR LF.\r\n";
const raw = "From: granskning@kommun.example\r\nTo: handlaggare@kommun.example\r\n" +
	"Subject: Granskning\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
	line.repeat(Math.ceil(bytes / line.length));
const pool = nodemailer.createTransport({
	host: "127.0.0.1", port, secure: false, ignoreTLS: true, pool: true, maxConnections: connections,
	maxMessages: Infinity,
});
const send = () => pool.sendMail({
	envelope: { from: "granskning@kommun.example", to: "handlaggare@kommun.example" }, raw,
});
(async () => {
	await Promise.all(Array.from({ length: 300 }, send));
	const begun = process.hrtime.bigint();
	await Promise.all(Array.from({ length: letters }, send));
	const took = Number(process.hrtime.bigint() - begun) / 1e9;
	console.log(letters, 0, took.toFixed(6), process.resourceUsage().maxRSS);
	pool.close();
})();
