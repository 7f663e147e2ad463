/** What every service's OpenAPI document has in common. */
@NullMarked
package cz.digidig.common.apidoc;

import org.jspecify.annotations.NullMarked;
