/** Growing waits after failed log-ins, in bounded memory. Knows no accounts: its keys are text. */
@NullMarked
package cz.digidig.identity.throttle;

import org.jspecify.annotations.NullMarked;
