/** The suite's API documentation: gathered from the services, kept, and shown with guides, samples and a way to try it. */
@NullMarked
package cz.digidig.apidocs;

import org.jspecify.annotations.NullMarked;
