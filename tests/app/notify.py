#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A service manager's ear: notify.py SOCKET writes each line it is told to standard output."""
import socket
import sys

ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ear.bind(sys.argv[1])
while True:
    print(ear.recv(65536).decode(), flush=True)
