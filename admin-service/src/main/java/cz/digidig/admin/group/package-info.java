/** Groups: addresses whose mail goes to members. Depends on {@code backend}. */
@NullMarked
package cz.digidig.admin.group;

import org.jspecify.annotations.NullMarked;
