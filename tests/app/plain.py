# SPDX-License-Identifier: EUPL-1.2
# The subject and the plain text of a mail, as its reader sees them.
import email
import email.policy
import sys

with open(sys.argv[1], "rb") as f:
    mail = email.message_from_binary_file(f, policy=email.policy.default)
print(mail["subject"])
print()
print(mail.get_body(("plain",)).get_content())
