/** What the first start makes: the domain, its administrator, and the demonstration accounts where they are asked for. {@code -> account, alias, domain} */
@NullMarked
package cz.digidig.identity.bootstrap;

import org.jspecify.annotations.NullMarked;
