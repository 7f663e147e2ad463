package cz.digidig.identity.account;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AccountRepository extends Repository<Account, String> {
    Account saveAndFlush(Account account);

    void delete(Account account);

    void flush();

    Optional<Account> findById(String id);

    Optional<Account> findByAddressKey(String addressKey);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Account a where a.id = :id")
    Optional<Account> lock(String id);

    @Query("""
        select a from Account a
        where a.addressKey > :after and a.deletedAt is null
          and (a.addressKey like :search escape '\\' or lower(a.displayName) like :search escape '\\')
          and (:everywhere = true or a.domain in :domains)
        order by a.addressKey
        """)
    List<Account> page(String after, String search, boolean everywhere, List<String> domains, Limit limit);

    @Query("""
        select a from Account a
        where a.deletedAt is not null and (:everywhere = true or a.domain in :domains)
        order by a.deletedAt desc
        """)
    List<Account> deleted(boolean everywhere, List<String> domains, Limit limit);

    @Query("select a.id from Account a where a.deletedAt < :before")
    List<String> deletedBefore(Instant before, Limit limit);

    /** Addresses of accounts and aliases, of deleted accounts too. */
    @NativeQuery("""
        select d.address_key from address d
          left join account a on a.id = d.account_id
          left join alias l on l.id = d.alias_id
        where d.address_key in (:keys)
          and (:everywhere or coalesce(a.domain_id, l.domain_id) in (:domains))
        """)
    List<String> taken(List<String> keys, boolean everywhere, List<String> domains);

    /** The enabled administrators, locked so that two changes cannot take away the last two at once. */
    @NativeQuery("select id from account where enabled and 'admin' = any (roles) order by id for update")
    List<String> lockAdministrators();
}
