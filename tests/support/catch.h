#ifndef S3CONN_TESTS_SUPPORT_CATCH_H_
#define S3CONN_TESTS_SUPPORT_CATCH_H_

// Catch2 2 and 3 alike.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#endif  // S3CONN_TESTS_SUPPORT_CATCH_H_
