/**
 * Domains: adding one ends with the DNS records to publish, and each record is compared with what the domain name system
 * says now. Depends on {@code backend}.
 */
@NullMarked
package cz.digidig.admin.domain;

import org.jspecify.annotations.NullMarked;
