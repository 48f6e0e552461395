/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_APP_H
#define OVERSYN_APP_APP_H

/* The program: reads the command line, runs the command, returns the exit
 * status (DESIGN §10). */
int app_main(int argc, char **argv);

#endif
