/**
 * Who may do what at a service's REST edge: access tokens verified offline by identity's published keys, scopes and
 * roles as authorities, the caller as a value.
 */
@NullMarked
package cz.digidig.common.security;

import org.jspecify.annotations.NullMarked;
