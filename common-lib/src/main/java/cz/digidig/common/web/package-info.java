/**
 * What services with pages share, so that they are one product: layout and theme ({@code templates/layout},
 * {@code META-INF/assets}), content-hashed assets, the page's policies, languages, failures as pages, notices. All of it is
 * there only where Thymeleaf and {@code templates/product.html} are ({@link cz.digidig.common.web.ConditionalOnPages}); services without pages have none of it.
 * A service gives its own part by {@code templates/product.html} (its name, its rail) and {@code messages/pages}.
 */
@NullMarked
package cz.digidig.common.web;

import org.jspecify.annotations.NullMarked;
