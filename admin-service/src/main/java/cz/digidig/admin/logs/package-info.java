/** The logs of all services: one JSON line an event in the shared logs folder; tail and search. Depends on {@code configuration}. */
@NullMarked
package cz.digidig.admin.logs;

import org.jspecify.annotations.NullMarked;
