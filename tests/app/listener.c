/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/app/listener.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/tap.h"

int listener_open(uint16_t *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, len), 0);
	ck_assert_int_eq(listen(fd, 10), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

pid_t listener_serve(uint16_t *port, void (*talk)(int fd))
{
	int listener = listener_open(port);

	fflush(NULL);
	pid_t server = fork();
	if (server) {
		close(listener);
		return server;
	}
	signal(SIGPIPE, SIG_IGN);
	for (int fd; (fd = accept(listener, NULL, NULL)) >= 0;)
		talk(fd);
	_exit(0);
}
