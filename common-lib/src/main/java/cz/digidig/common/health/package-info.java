/** How a service is: its own state and that of what it depends on, and its figures. */
@NullMarked
package cz.digidig.common.health;

import org.jspecify.annotations.NullMarked;
