/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Somebody else at the same mailbox:
 *
 *	imap-say PORT USER PASSWORD COMMAND...
 *
 * logs in on 127.0.0.1 in the clear and gives one command after the other, each
 * when the one before is answered. Prints what the server says. Fails when it says
 * other than OK.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int answered_ok(FILE *in, const char *tag)
{
	char line[4096];

	while (fgets(line, sizeof(line), in)) {
		fputs(line, stdout);
		if (strncmp(line, tag, strlen(tag)) == 0)
			return strncmp(line + strlen(tag), " OK", 3) == 0;
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((unsigned short)atoi(argv[1])) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to))) {
		perror("imap-say");
		return 1;
	}
	FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
	if (!in || !out || !answered_ok(in, "*"))
		return 1;
	for (int i = 3; i < argc; i++) {
		char tag[16];
		snprintf(tag, sizeof(tag), "x%d", i);
		if (i == 3)
			fprintf(out, "%s LOGIN %s %s\r\n", tag, argv[2], argv[3]);
		else
			fprintf(out, "%s %s\r\n", tag, argv[i]);
		fflush(out);
		if (!answered_ok(in, tag))
			return 1;
	}
	fclose(out);
	fclose(in);
	return 0;
}
