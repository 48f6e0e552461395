#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Makes an authority and a certificate for localhost in DIR: ca.pem, server.pem
# and server.key; valid for two days.
set -eu
dir=$1
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
		-subj "/CN=Test CA" -keyout "$dir/ca.key" -out "$dir/ca.pem" \
		-addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-subj "/CN=localhost" -keyout "$dir/server.key" -out "$dir/server.csr"
	printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >"$dir/server.ext"
	openssl x509 -req -in "$dir/server.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" \
		-set_serial 1 -days 2 -extfile "$dir/server.ext" -out "$dir/server.pem"
} >"$dir/openssl.log" 2>&1
