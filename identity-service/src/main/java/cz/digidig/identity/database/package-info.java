/** The PostgreSQL that the profile {@code embedded} starts inside this service: unpacked, made once, watched and stopped with it. Everything else speaks to it by JDBC and does not know the difference. */
@NullMarked
package cz.digidig.identity.database;

import org.jspecify.annotations.NullMarked;
