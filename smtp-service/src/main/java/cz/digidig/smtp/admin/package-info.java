/** What administrators see of the queue: list and actions, figures, health. Depends on {@code delivery} and {@code spool}. */
@NullMarked
package cz.digidig.smtp.admin;

import org.jspecify.annotations.NullMarked;
