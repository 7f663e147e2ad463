package cz.digidig.admin.backup;

import java.time.Instant;

/**
 * A request that the agent has not taken yet.
 *
 * @param verb what is asked for
 * @param archive the archive that is meant; empty: none
 * @param by the address of who asks
 * @param at when
 */
record Request(Verb verb, String archive, String by, Instant at) {}
