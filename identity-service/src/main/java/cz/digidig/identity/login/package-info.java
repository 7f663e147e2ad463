/** Checks who somebody is, and signs people in and out. {@code -> token, factor, apppassword, account, credential, throttle, audit} */
@NullMarked
package cz.digidig.identity.login;

import org.jspecify.annotations.NullMarked;
