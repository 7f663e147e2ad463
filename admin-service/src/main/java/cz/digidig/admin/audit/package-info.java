/** The audit log that identity keeps: who did what to whom, from where, when. Depends on {@code backend}. */
@NullMarked
package cz.digidig.admin.audit;

import org.jspecify.annotations.NullMarked;
