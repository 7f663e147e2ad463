/**
 * What administrators see and do by REST: the queue, listeners and sessions, trials of smart hosts, figures, health. Depends
 * on {@code server}, {@code delivery}, {@code settings} and {@code spool}.
 */
@NullMarked
package cz.digidig.smtp.admin;

import org.jspecify.annotations.NullMarked;
