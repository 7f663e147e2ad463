/** For the tests of every service: architecture rules, access tokens. */
@NullMarked
package cz.digidig.common.testing;

import org.jspecify.annotations.NullMarked;
