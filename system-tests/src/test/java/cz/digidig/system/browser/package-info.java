/** What people see and do: the suite's pages in a browser, by role and name. */
@NullMarked
package cz.digidig.system.browser;

import org.jspecify.annotations.NullMarked;
