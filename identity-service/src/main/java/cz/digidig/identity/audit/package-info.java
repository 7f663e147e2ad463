/**
 * The audit log: who did what to whom, from where, when. An entry is written in the transaction of what it tells of, so
 * there is none without the other; the database refuses to change or delete entries. {@code -> web}
 */
@NullMarked
package cz.digidig.identity.audit;

import org.jspecify.annotations.NullMarked;
